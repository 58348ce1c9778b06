import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { visit } from "../tests/visit.tsx";

test("a mail's HTML is shown where it can run nothing", async () => {
  visit("/inbox/499");
  const frame = await screen.findByTitle("Content of the mail");
  expect(frame.getAttribute("src")).toBe("/api/inbox/499/html");
  expect(frame.getAttribute("sandbox")).not.toMatch(/allow-scripts|allow-same-origin/);
});

test("the text part and the headers are one press away", async () => {
  visit("/inbox/499");
  await userEvent.click(await screen.findByRole("radio", { name: "Text" }));
  expect(screen.getByText(/We pack it today and tell you as soon as it leaves\.\s+The shop/)).toBeDefined();
  await userEvent.click(screen.getByRole("radio", { name: "Headers" }));
  expect(screen.getByText(/List-Unsubscribe-Post/)).toBeDefined();
});

test("an empty inbox says what it is", async () => {
  visit("/inbox", "empty");
  expect(await screen.findByText(/a mail server inside Hourglass/)).toBeDefined();
});
