import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { visit } from "../tests/visit.tsx";

const row = async (title: RegExp) => within((await screen.findByText(title)).closest("li") as HTMLElement);

test("a task is taken, done, and found among those that are done; an alert is put away", async () => {
  const { calls } = visit("/tasks");
  await userEvent.click((await row(/handwritten/)).getByRole("button", { name: "I take it" }));
  expect(await (await row(/handwritten/)).findByText("Owner")).toBeDefined();
  await userEvent.click((await row(/handwritten/)).getByRole("button", { name: "Done" }));
  await waitFor(() => expect(screen.queryByText(/handwritten/)).toBeNull());
  await userEvent.click(screen.getByRole("radio", { name: "Done" }));
  expect(await screen.findByText(/handwritten/)).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Put away" }));
  await waitFor(() => expect(screen.queryByText(/No promo codes/)).toBeNull());
  expect(calls.filter((each) => each.method === "POST").map((each) => each.path)).toEqual([
    "/api/tasks/2/taken",
    "/api/tasks/2/done",
    "/api/alerts/1/seen",
  ]);
});

test("tasks are looked at team by team, and a late one says so", async () => {
  visit("/tasks");
  expect(await (await row(/^Call/)).findByText(/was due/)).toBeDefined();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Who is to do it" }), "vip");
  expect(screen.queryByText(/handwritten/)).toBeNull();
  expect(screen.getByText(/unhappy review/)).toBeDefined();
});
