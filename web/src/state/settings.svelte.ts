// How this browser shows things. Kept in the browser, for each account that uses it.
import { start } from "../start";

export interface Settings {
  theme: "system" | "light" | "dark";
  contrast: "system" | "more";
  /** Whether moving pictures move by themselves. */
  motion: boolean;
  /** Whether media is loaded only when asked for. */
  saving: boolean;
  /** Whether warnings are opened by themselves. */
  open: boolean;
  media: "default" | "show" | "hide";
  /** Whether pictures must be described before a post is sent. */
  describe: boolean;
  /** The language of the app; null for that of the account or the browser. */
  language: string | null;
}

const KEY = `settings ${start.me.id}`;
const USUAL: Settings = {
  theme: "system",
  contrast: "system",
  motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  saving: (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true,
  open: false,
  media: "default",
  describe: false,
  language: null,
};

export const settings: Settings = $state({ ...USUAL, ...read() });

function read(): Partial<Settings> {
  const kept = localStorage.getItem(KEY);
  return kept === null ? {} : (JSON.parse(kept) as Partial<Settings>);
}

/** Change how things are shown, and keep it. */
export function prefer(values: Partial<Settings>): void {
  Object.assign(settings, values);
  localStorage.setItem(KEY, JSON.stringify(settings));
  apply();
}

/** Let the page look as it was chosen. */
export function apply(): void {
  const root = document.documentElement;
  if (settings.theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = settings.theme;
  if (settings.contrast === "system") delete root.dataset["contrast"];
  else root.dataset["contrast"] = settings.contrast;
}
