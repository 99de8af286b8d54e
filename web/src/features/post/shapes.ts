// The shapes of media before they are there.
import type { Attachment } from "../../client";

const NARROWEST = 3 / 4;
const WIDEST = 3;
const SOUND = 5;

interface Size {
  width?: number;
  height?: number;
}

/** Width by height, within what a timeline can bear. */
export function ratio(attachment: Attachment | undefined): number {
  if (attachment?.type === "audio") return SOUND;
  const meta = attachment?.meta as { original?: Size; small?: Size } | null | undefined;
  const { width, height } = meta?.original ?? meta?.small ?? {};
  if (width === undefined || height === undefined || width <= 0 || height <= 0) return 16 / 9;
  return Math.min(WIDEST, Math.max(NARROWEST, width / height));
}

/** The point that should stay in sight, as CSS says it. */
export function focus(attachment: Attachment): string {
  const { x = 0, y = 0 } = (attachment.meta as { focus?: { x?: number; y?: number } } | null)?.focus ?? {};
  return `${(x / 2 + 0.5) * 100}% ${(-y / 2 + 0.5) * 100}%`;
}
