// What the server tells as it happens. Comes back by itself when the line breaks, waiting longer each time.
import { start } from "../start";

export interface Told {
  stream: string[];
  event: string;
  payload?: string;
}

type Listener = (told: Told) => void;

const LONGEST = 60_000;
const SHORTEST = 1_000;

/** One socket for all streams of this page. `onReturn`: the line was broken and stands again, so look what was missed. */
class Line {
  #socket: WebSocket | null = null;
  #wait = SHORTEST;
  #broken = false;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #returned = new Set<() => void>();

  /** Hear a stream: "user", "public:local", "hashtag:cats", "list:7". Gives how to hear it no more. */
  hear(stream: string, listener: Listener, onReturn: () => void): () => void {
    const heard = this.#listeners.get(stream) ?? new Set();
    heard.add(listener);
    this.#returned.add(onReturn);
    if (!this.#listeners.has(stream)) {
      this.#listeners.set(stream, heard);
      this.#ask("subscribe", stream);
    }
    this.#open();
    return () => {
      heard.delete(listener);
      this.#returned.delete(onReturn);
      if (heard.size === 0 && this.#listeners.get(stream) === heard) {
        this.#listeners.delete(stream);
        this.#ask("unsubscribe", stream);
      }
    };
  }

  #ask(type: "subscribe" | "unsubscribe", stream: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type, ...named(stream) }));
  }

  #open(): void {
    if (this.#socket !== null) return;
    const socket = new WebSocket(`${start.streaming}/api/v1/streaming`, [start.token]);
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = SHORTEST;
      for (const stream of this.#listeners.keys()) this.#ask("subscribe", stream);
      if (this.#broken) for (const missed of this.#returned) missed();
      this.#broken = false;
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      const told = JSON.parse(message.data) as Told;
      for (const listener of this.#listeners.get(told.stream.join(":")) ?? []) listener(told);
    };
    socket.onclose = () => {
      this.#socket = null;
      this.#broken = true;
      if (this.#listeners.size === 0) return;
      setTimeout(() => this.#open(), this.#wait * (0.5 + Math.random()));
      this.#wait = Math.min(this.#wait * 2, LONGEST);
    };
  }
}

function named(stream: string): Record<string, string> {
  const [kind, ...rest] = stream.split(":");
  if (kind === "hashtag") return { stream: kind, tag: rest.join(":") };
  if (kind === "list") return { stream: kind, list: rest.join(":") };
  return { stream };
}

export const line = new Line();
