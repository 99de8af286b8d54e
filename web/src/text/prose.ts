// The HTML of posts, drawn from an allow-list: what is not named here becomes its text, or nothing.
import type { Entities } from "../client";

export interface Known {
  emojis: readonly Entities["CustomEmoji"][];
  mentions?: readonly Entities["StatusMention"][];
  tags?: readonly Entities["StatusTag"][];
}

const ALLOWED = new Set(
  "P BR SPAN A STRONG B EM I U S DEL CODE PRE BLOCKQUOTE UL OL LI H1 H2 H3 H4 H5 H6 HR RUBY RT RP SUB SUP SMALL TABLE THEAD TBODY TR TH TD IMG".split(
    " ",
  ),
);
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "NOSCRIPT"]);
const CLASSES = new Set(["invisible", "ellipsis", "mention", "hashtag", "h-card", "quote-inline"]);
const SCHEMES = /^(https?|mailto|xmpp|gemini|gopher|dat|ipfs|ipns|ssb|magnet|geo|matrix):/i;
const SHORTCODE = /:(\w{2,}):/g;
const DEEPEST = 40;

/** The nodes of a post, ready to stand in a page. Links to people and hashtags lead within the app. */
export function prose(html: string, known: Known): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const into = document.createDocumentFragment();
  for (const child of parsed.body.childNodes) draw(child, into, known, 0);
  return into;
}

/** Plain text with pictures where :shortcodes: stand. */
export function withEmoji(text: string, emojis: readonly Entities["CustomEmoji"][]): DocumentFragment {
  const into = document.createDocumentFragment();
  let from = 0;
  for (const found of text.matchAll(SHORTCODE)) {
    const emoji = emojis.find((one) => one.shortcode === found[1]);
    if (emoji === undefined) continue;
    into.append(text.slice(from, found.index), picture(emoji));
    from = found.index + found[0].length;
  }
  into.append(text.slice(from));
  return into;
}

function draw(node: Node, into: ParentNode, known: Known, depth: number): void {
  if (node.nodeType === Node.TEXT_NODE) into.append(withEmoji(node.textContent ?? "", known.emojis));
  if (!(node instanceof Element) || DROPPED.has(node.nodeName.toUpperCase()) || depth > DEEPEST) return;
  const made = ALLOWED.has(node.nodeName) ? element(node, known) : null;
  if (made !== null) into.append(made);
  for (const child of node.childNodes) draw(child, made ?? into, known, depth + 1);
}

function element(node: Element, known: Known): HTMLElement | null {
  if (node.nodeName === "IMG") return image(node);
  const made = document.createElement(node.nodeName);
  const kept = [...node.classList].filter((name) => CLASSES.has(name));
  if (kept.length > 0) made.className = kept.join(" ");
  const lang = node.getAttribute("lang");
  if (lang !== null) made.lang = lang;
  if (made instanceof HTMLAnchorElement) link(made, node, known);
  if (made instanceof HTMLOListElement) made.start = Number(node.getAttribute("start") ?? 1);
  return made;
}

function link(made: HTMLAnchorElement, node: Element, known: Known): void {
  const href = node.getAttribute("href") ?? "";
  if (!SCHEMES.test(href)) return;
  const inner = within(href, node.textContent ?? "", known);
  made.href = inner ?? href;
  if (inner !== null) return;
  made.target = "_blank";
  made.rel = "nofollow noopener noreferrer";
  made.title = href;
}

/** Where a link leads within the app; null when it leads out. */
function within(href: string, text: string, known: Known): string | null {
  const mention = known.mentions?.find((one) => one.url === href);
  if (mention !== undefined) return `/@${mention.acct}`;
  const name = /^#(.+)$/u.exec(text.trim())?.[1]?.toLowerCase();
  const tag = name === undefined ? undefined : known.tags?.find((one) => one.name.toLowerCase() === name);
  return tag === undefined ? null : `/tags/${encodeURIComponent(tag.name)}`;
}

function image(node: Element): HTMLElement | null {
  const source = node.getAttribute("src") ?? "";
  if (!/^https?:/i.test(source)) return null;
  const made = document.createElement("img");
  made.src = source;
  made.alt = node.getAttribute("alt") ?? "";
  made.loading = "lazy";
  return made;
}

function picture(emoji: Entities["CustomEmoji"]): HTMLElement {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const made = document.createElement("img");
  made.src = still ? emoji.static_url : emoji.url;
  made.alt = made.title = `:${emoji.shortcode}:`;
  made.className = "emoji";
  made.loading = "lazy";
  made.draggable = false;
  return made;
}
