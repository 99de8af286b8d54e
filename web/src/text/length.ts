// How long a post counts, as the server counts it: letters as people see them, links 23, @user@host as @user.
const LINK = /https?:\/\/[^\s<>"]+/gi;
const HANDLE = /(^|[^\w/])@([\w.-]+)@[\w.-]+\w/g;
const LETTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The characters of a warning and a text. */
export function length(warning: string, text: string): number {
  const counted = text.replace(LINK, "x".repeat(23)).replace(HANDLE, "$1@$2");
  return [...LETTERS.segment(warning)].length + [...LETTERS.segment(counted)].length;
}
