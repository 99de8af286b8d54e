// The calls of the person who is signed in.
import { start } from "../start";
import { api } from ".";

export const calls = api(location.origin, start.token);
