import { expect, test, vi } from "vitest";
import { ApiError, call, withQuery } from "./client.ts";

const answer = (status: number, body: string) => vi.stubGlobal("fetch", async () => new Response(body, { status }));
const refusal = (path: string) => call("GET", path).catch((error: unknown) => error as ApiError);

test("a refusal carries the server's sentence and place", async () => {
  answer(400, '{"error": "Here stands a number.", "path": "when.value"}');
  expect(await refusal("/api/x")).toMatchObject({
    status: 400,
    message: "Here stands a number.",
    path: "when.value",
    away: false,
  });
});

test("a server that does not answer is away, not wrong", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("connection refused")));
  expect(await refusal("/api/x")).toMatchObject({ status: 0, away: true });
});

test("an answer that is no JSON is still a refusal with its status", async () => {
  answer(502, "<html>bad gateway</html>");
  const error = await refusal("/api/x");
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 502, away: true });
});

test("an empty answer is no error", async () => {
  answer(200, "");
  expect(await call("POST", "/api/logout")).toBeUndefined();
});

test("empty parts of a query are left out", () => {
  expect(withQuery("/api/people", { search: "", cursor: null })).toBe("/api/people");
  expect(withQuery("/api/people", { search: "o’neil & co", cursor: 20 })).toBe(
    "/api/people?search=o%E2%80%99neil+%26+co&cursor=20",
  );
});
