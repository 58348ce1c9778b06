import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { vi } from "vitest";
import { play, respond, type Scenario } from "../../dev/answers.ts";
import { App } from "../app/App.tsx";

export type Call = { method: string; path: string; body: unknown };

/** For tests: the whole admin at an address, with the made-up server of dev/ behind it. */
export function visit(address: string, scenario: Scenario = "busy"): { calls: Call[]; to: (next: Scenario) => void } {
  play(scenario);
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = init.body ? JSON.parse(String(init.body)) : {};
    calls.push({ method: init.method ?? "GET", path, body });
    const said = respond(init.method ?? "GET", path, body);
    return new Response(JSON.stringify(said.body), { status: said.status });
  });
  vi.stubGlobal("scrollTo", () => undefined);
  render(<App history={createMemoryHistory({ initialEntries: [address] })} />);
  return { calls, to: play };
}
