import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` talks to a server on its usual address; `MOCK=1 npm run dev` answers from dev/ instead.
const mock = process.env.MOCK ? [(await import("./dev/mock-api.ts")).mockApi()] : [];
const server = "http://127.0.0.1:8400";

export default defineConfig({
  plugins: [react(), ...mock],
  server: { proxy: process.env.MOCK ? {} : { "/api": server, "/login": server } },
  build: {
    outDir: "../src/hourglass/web/static",
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
  test: { environment: "happy-dom", testTimeout: 20_000, setupFiles: ["./src/tests/setup.ts"] },
});
