import { expect, test } from "vitest";
import { placed } from "./tree.ts";

const DOCUMENT = [
  { wait: "1h" },
  {
    branch: [
      { when: { segment: "vip" }, do: [{ exit: "rich" }] },
      { else: [{ send: { channel: "email", template: "a" } }] },
    ],
  },
];
const NUMBERS = [
  { path: "steps[0]", kind: "wait", waiting: 3, done: 9 },
  { path: "steps[1].branch[1].else[0]", kind: "send", waiting: 0, done: 5 },
];

test("every step gets the path it has on the server, and its numbers", () => {
  const [wait, branch] = placed(DOCUMENT, NUMBERS);
  expect(wait?.numbers?.waiting).toBe(3);
  expect(branch?.ways.map((way) => way.steps[0]?.path)).toEqual([
    "steps[1].branch[0].do[0]",
    "steps[1].branch[1].else[0]",
  ]);
  expect(branch?.ways[1]?.steps[0]?.numbers?.done).toBe(5);
});

test("an arm keeps its condition, the last way has none", () => {
  const [, branch] = placed(DOCUMENT, NUMBERS);
  expect(branch?.ways.map((way) => way.when)).toEqual([{ segment: "vip" }, null]);
});

test("a document that is none draws nothing", () => {
  expect(placed(undefined, NUMBERS)).toEqual([]);
});

test("an id before it does not hide what a step is", () => {
  const [step] = placed([{ id: "lot", name: "By lot", split: [{ weight: 1, do: [] }] }], []);
  expect(step?.kind).toBe("split");
});

test("steps inside a wait or a repeat stand below it", () => {
  const [wait, repeat] = placed(
    [{ wait: { event: "Task Taken", timeout: "4h", else: [{ exit: "slow" }] } }, { repeat: { do: [{ wait: "1d" }] } }],
    [{ path: "steps[0].wait.else[0]", kind: "exit", waiting: 0, done: 2 }],
  );
  expect(wait?.ways.map(({ word, steps }) => [word, steps.map((step) => step.numbers?.done)])).toEqual([["else", [2]]]);
  expect(repeat?.ways.map(({ word, steps }) => [word, steps[0]?.path])).toEqual([["do", "steps[1].repeat.do[0]"]]);
});
