// What the server allows, asked once.
import type { Entities } from "../client";
import { calls } from "../client/calls";
import { told } from "../client/failure";

let asked: Promise<Entities["Instance"]> | null = null;
let emojis: Promise<Entities["CustomEmoji"][]> | null = null;

/** The description of the server; asked again after a failure. */
export function site(): Promise<Entities["Instance"]> {
  asked ??= told(calls.GET("/api/v2/instance", {})).catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

/** The custom emoji that can be written here. */
export function customEmojis(): Promise<Entities["CustomEmoji"][]> {
  emojis ??= told(calls.GET("/api/v1/custom_emojis", {})).catch((error: unknown) => {
    emojis = null;
    throw error;
  });
  return emojis;
}
