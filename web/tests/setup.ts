// What the server would have written into the page.
import { beforeEach, vi } from "vitest";

const start = { token: "t", me: { id: "1", username: "ann", acct: "ann", source: {} }, site: { title: "Marula", domain: "marula.example" }, locale: "en", streaming: "ws://x", text: "", worries: { outbox: null, disk: "" } };
document.body.innerHTML = `<script id="start" type="application/json">${JSON.stringify(start)}</script>`;
window.matchMedia ??= vi.fn().mockReturnValue({ matches: false });
beforeEach(() => localStorage.clear());
