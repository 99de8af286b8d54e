// Builds the web app into the folder from which the Python package serves it, each file also compressed.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const BUILT = fileURLToPath(new URL("../src/marula/faces/pages/built", import.meta.url));

function compressed(): Plugin {
  let folder = BUILT;
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    async writeBundle() {
      for (const name of await readdir(folder)) {
        if (!/\.(js|css)$/.test(name)) continue;
        const data = await readFile(join(folder, name));
        await writeFile(join(folder, `${name}.gz`), gzipSync(data, { level: 9 }));
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
        await writeFile(join(folder, `${name}.br`), brotliCompressSync(data, quality));
      }
    },
  };
}

export default defineConfig({
  base: "/app/",
  publicDir: false,
  plugins: [svelte(), compressed()],
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["src/main.ts", "src/sw.ts"],
      output: {
        // What every page needs comes in one file: a phone waits for each request longer than for its bytes.
        advancedChunks: { groups: [{ name: "base", test: /node_modules|src\/(ui|state|client|text|strings\/[a-z]+\.ts|routing)/ }] },
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "[name]-[hash].js"),
      },
    },
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"] },
});
