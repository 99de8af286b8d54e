// Words for people, in their language. Every text of the app stands in a catalogue beside this file; en.json has them all.
import en from "./en.json";

export type Word = keyof typeof en;
type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;
type Catalogue = Partial<Record<string, string | Forms>>;
type Values = Record<string, string | number>;

const OTHERS = import.meta.glob<{ default: Catalogue }>(["./*.json", "!./en.json"]);
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "ckb", "dv", "ug", "yi"]);

let locale = "en";
let words: Catalogue = en;
let plural = new Intl.PluralRules("en");
let figures = new Intl.NumberFormat("en");

/** Speak the language, when there is a catalogue of it; what that has no words for stays English. */
export async function speak(wanted: string): Promise<void> {
  const short = wanted.split("-")[0] ?? "en";
  const load = OTHERS[`./${wanted}.json`] ?? OTHERS[`./${short}.json`];
  if (load === undefined) return;
  if (short !== "en") words = { ...en, ...(await load()).default };
  locale = wanted;
  plural = new Intl.PluralRules(wanted);
  figures = new Intl.NumberFormat(wanted, { notation: "compact", maximumFractionDigits: 1 });
  document.documentElement.lang = wanted;
  document.documentElement.dir = RIGHT_TO_LEFT.has(short) ? "rtl" : "ltr";
}

/** The languages there are catalogues of. */
export const LANGUAGES: readonly string[] = ["en", ...Object.keys(OTHERS).map((path) => path.slice(2, -5))];

/** The language that is spoken. */
export const spoken = (): string => locale;

/** A text with its values. One with plural forms is chosen by `count`. */
export function t(word: Word, values: Values = {}): string {
  const found: string | Forms = words[word] ?? en[word];
  const count = values["count"];
  const form = typeof found === "string" ? found : (found[plural.select(Number(count))] ?? found.other ?? "");
  return form.replace(/\{(\w+)\}/g, (_: string, name: string) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : (value ?? "");
  });
}

/** A number as people of this language write it: 1.2K. */
export const number = (value: number): string => figures.format(value);
