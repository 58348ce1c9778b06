import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { visit } from "../tests/visit.tsx";

test("one event is replayed by itself, all only after a question", async () => {
  const { calls } = visit("/dead-letters");
  await userEvent.click((await screen.findAllByRole("button", { name: "Replay" }))[0] as HTMLElement);
  expect(await screen.findByText("1 event went back into the log.")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Replay all" }));
  expect(await screen.findByText(/Put 2 events back into the log/)).toBeDefined();
  await userEvent.click(screen.getAllByRole("button", { name: "Replay all", hidden: true }).at(-1) as HTMLElement);
  expect(await screen.findByText("Nothing is stuck")).toBeDefined();
  expect(calls.filter((each) => each.method === "POST").map((each) => each.body)).toEqual([
    { ids: [91] },
    { ids: "all" },
  ]);
});
