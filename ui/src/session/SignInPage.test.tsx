import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { visit } from "../tests/visit.tsx";

test("a stranger is led to the sign-in page, whatever page was asked for", async () => {
  visit("/people/12345", "stranger");
  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeDefined();
  expect(screen.getByText(/hourglass login-link/)).toBeDefined();
});

test("the language can be chosen before signing in, and is remembered", async () => {
  visit("/sign-in", "stranger");
  await userEvent.click(await screen.findByRole("radio", { name: "RU" }));
  expect(await screen.findByRole("heading", { name: "Вход" })).toBeDefined();
  expect(localStorage.getItem("hourglass.language")).toBe("ru");
});
