import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import { show, startI18n } from "../i18n/index.ts";

await startI18n();
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  await show("en");
});
