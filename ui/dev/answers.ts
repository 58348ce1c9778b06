import type { Session } from "../src/api/types.ts";
import { inbox, mail } from "./inbox.ts";
import { journey, LIST, SEGMENT_DOCUMENTS, SEGMENT_ROWS } from "./journeys.ts";
import { live, silent } from "./live.ts";
import { people, person, timeline } from "./people.ts";
import { alerts, finish, seen, take, tasks } from "./tasks.ts";
import { deadLetters, decide, mergeReviews, replay } from "./upkeep.ts";
import { VOCABULARY } from "./vocabulary.ts";

/** What the made-up server is like: a busy shop, one without events, away, or asking who you are. */
export type Scenario = "busy" | "empty" | "away" | "stranger";
let scenario: Scenario = "busy";
export function play(wanted: Scenario): void {
  scenario = wanted;
}

type Asked = { url: URL; part: (nth: number) => string; body: Record<string, unknown> };
type Route = [method: string, path: RegExp, answer: (asked: Asked) => unknown];

const session = (): Session => ({
  now: new Date().toISOString(),
  user: { name: "Owner", role: "owner", permissions: ["look", "export", "define", "care", "own"], locale: "en" },
  workspace: { key: "default", name: "Online Retail (UCI)", currency: "GBP", zone: "Europe/London", locale: "en" },
  demo:
    scenario === "empty" ? null : { rate: 60, now: new Date().toISOString(), caught_up: true, generated_share: 0.62 },
});
const full = <T>(shown: T, nothing: T): T => (scenario === "empty" ? nothing : shown);
const number = (text: string | null) => (text === null ? null : Number(text));

const ROUTES: Route[] = [
  ["GET", /^\/api\/session$/, session],
  ["GET", /^\/api\/vocabulary$/, () => VOCABULARY],
  ["POST", /^\/api\/logout$/, () => undefined],
  ["GET", /^\/api\/live$/, () => full(live(), silent())],
  [
    "GET",
    /^\/api\/people$/,
    ({ url }) =>
      full(people(url.searchParams.get("search") ?? "", Number(url.searchParams.get("cursor") ?? 0)), {
        people: [],
        next: null,
      }),
  ],
  ["GET", /^\/api\/people\/(\d+)$/, ({ part }) => person(Number(part(1)))],
  ["GET", /^\/api\/people\/(\d+)\/timeline$/, ({ url }) => timeline(Number(url.searchParams.get("before") ?? 0))],
  ["POST", /^\/api\/people\/(\d+)\/erase$/, () => undefined],
  ["GET", /^\/api\/people\/(\d+)\/export$/, ({ part }) => person(Number(part(1)))],
  ["GET", /^\/api\/journeys$/, () => full(LIST, [])],
  ["GET", /^\/api\/journeys\/(.+)$/, ({ part }) => journey(part(1))],
  ["GET", /^\/api\/tasks$/, ({ url }) => full(tasks(url.searchParams.get("done") === "true"), [])],
  ["POST", /^\/api\/tasks\/(\d+)\/taken$/, ({ part }) => take(Number(part(1)))],
  ["POST", /^\/api\/tasks\/(\d+)\/done$/, ({ part }) => finish(Number(part(1)))],
  ["GET", /^\/api\/alerts$/, () => full(alerts(), [])],
  ["POST", /^\/api\/alerts\/(\d+)\/seen$/, ({ part }) => seen(Number(part(1)))],
  ["GET", /^\/api\/audience\/segments$/, () => full(SEGMENT_ROWS, [])],
  ["GET", /^\/api\/definitions\/segment$/, () => full(SEGMENT_DOCUMENTS, [])],
  ["POST", /^\/api\/audience\/preview$/, () => ({ count: 219, sample: people("", 0).people.slice(0, 3) })],
  [
    "GET",
    /^\/api\/inbox$/,
    ({ url }) => full(inbox(number(url.searchParams.get("before"))), { mails: [], next: null }),
  ],
  ["GET", /^\/api\/inbox\/(\d+)$/, ({ part }) => mail(Number(part(1)))],
  ["DELETE", /^\/api\/inbox$/, () => undefined],
  ["GET", /^\/api\/dead-letters$/, () => full(deadLetters(), { letters: [], total: 0, next: null })],
  [
    "POST",
    /^\/api\/dead-letters\/replay$/,
    ({ body }) => ({ replayed: replay(body.ids === "all" ? null : (body.ids as number[])) }),
  ],
  ["GET", /^\/api\/merge-reviews$/, () => full(mergeReviews(), { reviews: [] })],
  ["POST", /^\/api\/merge-reviews\/(\d+)-(\d+)$/, ({ part }) => decide(Number(part(1)), Number(part(2)))],
  ["POST", /^\/api\/merges\/undo$/, () => undefined],
];

export type Said = { status: number; body: unknown };

/** The made-up server's word on one call, for the dev server and for tests alike. */
export function respond(method: string, address: string, body: Record<string, unknown>): Said {
  if (scenario === "away") return refusal(503, "Nothing more can be stored safely right now.");
  if (scenario === "stranger") return refusal(401, "Please sign in.");
  const url = new URL(address, "http://mock");
  for (const [verb, path, tell] of ROUTES) {
    const match = path.exec(url.pathname);
    if (!match || verb !== method) continue;
    const said = tell({ url, part: (nth) => match[nth] ?? "", body });
    return said === null ? refusal(404, "There is no such thing here.") : { status: 200, body: said ?? {} };
  }
  return refusal(404, `Nothing answers ${method} ${url.pathname}.`);
}

const refusal = (status: number, error: string): Said => ({ status, body: { error } });
