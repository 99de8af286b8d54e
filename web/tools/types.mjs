// Writes src/client/schema.ts: the types of the whole API, from its description on standard input.
import { mkdir, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import openapiTS, { astToString } from "openapi-typescript";

const OUT = new URL("../src/client/schema.ts", import.meta.url);

/** The description without its examples, which would be comments four times as long as the types. */
function bare(node) {
  if (Array.isArray(node)) return node.map(bare);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === "example" || (key === "examples" && Array.isArray(value))))
      .map(([key, value]) => [key, bare(value)]),
  );
}

const description = bare(JSON.parse(await text(process.stdin)));
await mkdir(new URL(".", OUT), { recursive: true });
await writeFile(OUT, astToString(await openapiTS(description, { defaultNonNullable: false })));
