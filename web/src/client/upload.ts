// Files on their way to the server, with how far they are.
import { start } from "../start";
import type { Attachment } from ".";
import { t } from "../strings";
import { calls } from "./calls";
import { answered, Failure } from "./failure";

const LOOKS_AGAIN = 1_000;

/** Send a file, then wait until it can be shown. `onProgress`: 0 to 1. Throws Failure. */
export async function upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Attachment> {
  let attachment = await send(file, onProgress, signal);
  while (attachment.url === null) {
    await new Promise((resolve) => setTimeout(resolve, LOOKS_AGAIN));
    signal.throwIfAborted();
    const { data } = await answered(calls.GET("/api/v1/media/{id}", { params: { path: { id: attachment.id } }, signal }));
    attachment = data;
  }
  return attachment;
}

function send(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file);
    request.open("POST", "/api/v2/media");
    request.setRequestHeader("Authorization", `Bearer ${start.token}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new Failure(0, t("failure.unreachable")));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    request.onload = () => {
      const said = request.response as (Attachment & { error?: string }) | null;
      if (request.status < 300 && said !== null) resolve(said);
      else reject(new Failure(request.status, said?.error ?? t("failure.server")));
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
