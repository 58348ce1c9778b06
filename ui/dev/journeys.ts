import type {
  Condition,
  Journey,
  JourneyDocument,
  JourneyRow,
  Segment,
  SegmentRow,
  StepCount,
} from "../src/api/types.ts";
import { JOURNEYS } from "./live.ts";

export const LIST: JourneyRow[] = JOURNEYS.map((each, nth) => ({
  ...each,
  state: nth === 4 ? "paused" : "live",
  version: nth + 1,
  sent: Math.round(each.finished * 0.7),
  withheld: Math.round(each.finished * 0.3),
  goal: nth === 0 ? 212 : 0,
}));

const STEPS: StepCount[] = [
  { path: "steps[0]", kind: "wait", waiting: 4, done: 92 },
  { path: "steps[1]", kind: "send", waiting: 0, done: 92 },
  { path: "steps[2]", kind: "wait", waiting: 27, done: 65 },
  { path: "steps[3]", kind: "branch", waiting: 0, done: 65 },
  { path: "steps[3].branch[0].do[0]", kind: "exit", waiting: 0, done: 7 },
  { path: "steps[3].branch[1].else[0]", kind: "send", waiting: 0, done: 58 },
];

const DOCUMENT: JourneyDocument = {
  description: "A warm hello after signing up, and a few ideas two days later to those who have not bought yet.",
  entry: { event: "Signed Up" },
  exit_when: { any: [{ event: "Order Refunded" }, { event: "Order Cancelled" }] },
  goal: { event: "Order Completed", within: "3d" },
  steps: [
    { wait: "10m", jitter: "5m" },
    { send: { channel: "email", template: "welcome" } },
    { wait: "2d" },
    {
      branch: [
        { when: { event: "Order Completed", within: "2d" }, do: [{ exit: "bought" }] },
        { else: [{ send: { channel: "email", template: "welcome-ideas" } }] },
      ],
    },
  ],
};

export function journey(key: string): Journey | null {
  const row = LIST.find((each) => each.key === key);
  if (!row) return null;
  return { ...row, steps: STEPS, definition: DOCUMENT };
}

const segment = (key: string, name: string, members: number, description: string, when: Condition): Sketch => ({
  key,
  name,
  members,
  description,
  when,
});
type Sketch = Segment & { name: string; members: number };
const ORDER = "Order Completed";
const SKETCHES: Sketch[] = [
  segment("vip", "VIP", 218, "Spent 5,000 pounds or more in a year.", {
    event: ORDER,
    measure: { sum: "revenue" },
    op: "at_least",
    value: 5000,
    within: "365d",
  }),
  segment("lapsed", "Lapsed", 1_742, "Bought once upon a time, and nothing for three months.", {
    all: [{ event: ORDER }, { not: { event: ORDER, within: "90d" } }],
  }),
  segment("loyal", "Loyal", 96, "Ten orders or more in a year.", {
    event: ORDER,
    measure: { count: true },
    op: "at_least",
    value: 10,
    within: "365d",
  }),
  segment("christmas-shoppers", "Christmas shoppers", 0, "Bought something for Christmas in the last two months.", {
    event: ORDER,
    where: [{ property: "products.category", op: "equals", value: "Christmas" }],
    within: "60d",
  }),
  segment("abroad", "Outside the UK", 418, "Customers who order from another country.", {
    trait: "country",
    op: "not_equals",
    value: "United Kingdom",
  }),
  segment("friends", "Friends of the shop", 61, "Made-up, to show how conditions nest.", {
    any: [
      { segment: "vip" },
      {
        all: [
          { trait: "city", op: "one_of", value: ["Bristol", "Bath"] },
          { consent: { channel: "email", topic: "news" } },
        ],
      },
      {
        not: {
          all: [
            { trait: "email", op: "missing" },
            { event: "Product Viewed", measure: { count: true }, op: "at_least", value: 3 },
          ],
        },
      },
    ],
  }),
];

export const SEGMENT_ROWS: SegmentRow[] = SKETCHES.map(({ key, name, members, description }) => ({
  key,
  name,
  members,
  state: "live",
  words: { en: description ?? "", ru: description ?? "" },
  building: members === 0,
  build: null,
}));
export const SEGMENT_DOCUMENTS: Segment[] = SKETCHES.map(({ members: _, ...document }) => document);
