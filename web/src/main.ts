// The beginning: the language, the look, and the app in its place.
import { mount } from "svelte";
import App from "./App.svelte";
import { listen } from "./routing/router.svelte";
import { start } from "./start";
import { apply, settings } from "./state/settings.svelte";
import { speak } from "./strings";
import "./styles/app.css";

apply();
listen();
await speak(settings.language ?? start.locale ?? navigator.language);
const target = document.getElementById("app");
if (target === null) throw new Error("the page has no place for the app");
mount(App, { target });
if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js");
