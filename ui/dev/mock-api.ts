import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { play, respond, type Scenario } from "./answers.ts";
import { html } from "./inbox.ts";

/** Answers /api from made-up data, so pages can be built and looked at without a server. `/__mock?scenario=away` changes it. */
export function mockApi(): Plugin {
  const serve = ({ middlewares }: { middlewares: { use: (handler: typeof handle) => unknown } }) => {
    middlewares.use(handle);
  };
  return { name: "mock-api", configureServer: serve, configurePreviewServer: serve };
}

async function handle(request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> {
  const url = new URL(request.url ?? "/", "http://mock");
  const mail = /^\/api\/inbox\/(\d+)\/html$/.exec(url.pathname);
  if (url.pathname === "/__mock") {
    play((url.searchParams.get("scenario") ?? "busy") as Scenario);
    reply(response, 200, "application/json", "{}");
  } else if (url.pathname === "/login") {
    response.setHeader("location", "/");
    reply(response, 302, "text/plain", "");
  } else if (mail) {
    reply(response, 200, "text/html; charset=utf-8", html(Number(mail[1])));
  } else if (url.pathname.startsWith("/api/")) {
    const said = respond(request.method ?? "GET", url.href, await read(request));
    reply(response, said.status, "application/json", JSON.stringify(said.body));
  } else {
    next();
  }
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text ? JSON.parse(text) : {};
}

function reply(response: ServerResponse, status: number, type: string, body: string): void {
  response.statusCode = status;
  response.setHeader("content-type", type);
  response.end(body);
}
