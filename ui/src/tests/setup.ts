import { cleanup, configure } from "@testing-library/react";
import type { Window } from "happy-dom";
import { afterEach, vi } from "vitest";
import { show, startI18n } from "../i18n/index.ts";

// Frames get an empty page here; what a mail looks like is seen in a real browser by tests/e2e.
const { settings } = (window as unknown as Window).happyDOM;
settings.enableIframePageLoading = true;
settings.fetch.interceptor = { beforeAsyncRequest: async ({ window: frame }) => new frame.Response("") };

// Pages are fetched when first visited; on a busy machine that takes its time.
configure({ asyncUtilTimeout: 5_000 });
await startI18n();
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  await show("en");
});
