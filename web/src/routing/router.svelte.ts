// Where the reader is. Links of the page lead within the app where it knows their address, and out of it elsewhere.
import { tick } from "svelte";
import { match, type Matched } from "./routes";

let address = $state.raw(new URL(location.href));
const found = $derived(match(address.pathname));

export const here = {
  /** The page to show; null at an address the app does not know. */
  get page(): Matched | null {
    return found;
  },
  get path(): string {
    return address.pathname;
  },
  get query(): URLSearchParams {
    return address.searchParams;
  },
};

/** Go to a path of the app. `replace`: the way back skips where one was. */
export function go(path: string, options: { replace?: boolean } = {}): void {
  const to = new URL(path, location.href);
  if (to.href === location.href) return;
  if (options.replace === true) history.replaceState(history.state, "", to);
  else history.pushState({ depth: depth() + 1 }, "", to);
  address = to;
}

/** Go back, or up to a path when one came from elsewhere. */
export function back(otherwise: string): void {
  if (depth() > 0) history.back();
  else go(otherwise, { replace: true });
}

function depth(): number {
  return (history.state as { depth?: number } | null)?.depth ?? 0;
}

/** Follow the browser's own buttons and the links of the page. */
export function listen(): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => (address = new URL(location.href)));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (match(link.pathname) === null) return;
    event.preventDefault();
    go(link.href);
  });
}

/** Bring the keyboard's place to the beginning of the page that was entered. */
export async function settle(): Promise<void> {
  await tick();
  document.getElementById("main")?.focus({ preventScroll: true });
}
