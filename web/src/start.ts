// What the server wrote into the page: who is signed in, and with which token this page may call the API.
import type { Entities } from "./client";

export interface Start {
  token: string;
  me: Entities["CredentialAccount"];
  site: { title: string; domain: string };
  locale: string | null;
  streaming: string;
  /** What another page asked to be written. */
  text: string;
  /** What those who run the server should know. */
  worries: { outbox: number | null; disk: string };
}

function read(): Start {
  const element = document.getElementById("start");
  if (element?.textContent == null) throw new Error("the page came without its beginning");
  return JSON.parse(element.textContent) as Start;
}

export const start: Start = read();
