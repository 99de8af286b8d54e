// The languages one can say a post is in; those of the browser first.
import { spoken } from "../../strings";

const CODES =
  "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gd gl he hi hr hu hy id is it ja ka kab kk kn ko ku la lb lt lv mk ml mn mr ms my nb ne nl nn no oc pa pl pt ro ru sc sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh".split(
    " ",
  );

const own = [...new Set(navigator.languages.map((one) => one.split("-")[0] ?? one))];

export const LANGUAGES: readonly string[] = [...own, ...CODES.filter((code) => !own.includes(code))];

/** What a language is called in the language of the app. */
export function nameOf(code: string): string {
  return new Intl.DisplayNames([spoken()], { type: "language" }).of(code) ?? code;
}
