// Short words about what was done, told politely.
export interface Toast {
  id: number;
  text: string;
  /** What can be done about it. */
  act?: { label: string; run: () => void };
}

const STAYS = 6_000;
let last = 0;
let shown = $state.raw<Toast[]>([]);

export const toasts = {
  get all(): readonly Toast[] {
    return shown;
  },
};

/** Say something. It goes by itself, later when something can be done about it. */
export function say(text: string, act?: Toast["act"]): void {
  const toast = { id: ++last, text, ...(act === undefined ? {} : { act }) };
  shown = [...shown.slice(-2), toast];
  setTimeout(() => dismiss(toast.id), act === undefined ? STAYS : 2 * STAYS);
}

/** Take back what was said. */
export function dismiss(id: number): void {
  shown = shown.filter((one) => one.id !== id);
}
