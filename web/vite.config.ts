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
  return {
    name: "compressed",
    apply: "build",
    async writeBundle() {
      for (const name of await readdir(BUILT)) {
        if (!/\.(js|css)$/.test(name)) continue;
        const data = await readFile(join(BUILT, name));
        await writeFile(join(BUILT, `${name}.gz`), gzipSync(data, { level: 9 }));
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
        await writeFile(join(BUILT, `${name}.br`), brotliCompressSync(data, quality));
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
      output: { entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "[name]-[hash].js") },
    },
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.ts"] },
});
