import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const pine: MantineColorsTuple = [
  "#eaf6f3",
  "#d2ebe5",
  "#a5d7cb",
  "#76c2b1",
  "#4fb09b",
  "#37a48d",
  "#279983",
  "#1a8371",
  "#0f6e60",
  "#0a564c",
];
const sand: MantineColorsTuple = [
  "#fdf6e7",
  "#f9ead0",
  "#f3d49f",
  "#ecbc69",
  "#e7a93d",
  "#e09b20",
  "#c98510",
  "#a56c0a",
  "#835507",
  "#5f3e06",
];
const gray: MantineColorsTuple = [
  "#faf8f4",
  "#f4f1ea",
  "#ebe6dc",
  "#ded8cb",
  "#c9c2b3",
  "#a8a193",
  "#7d776b",
  "#5d584e",
  "#3e3a34",
  "#24211d",
];
const dark: MantineColorsTuple = [
  "#e7e4dd",
  "#bab6ad",
  "#97938b",
  "#6c6a65",
  "#45464a",
  "#33363b",
  "#272a2f",
  "#1c1f23",
  "#16181b",
  "#101214",
];

/** The look of the admin: paper and pine, with sand for what is held back. */
export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: { light: 8, dark: 7 },
  colors: { pine, sand, gray, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: "620" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "10px", lg: "14px", xl: "20px" },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
});

const MEANINGS = {
  "--mantine-color-body": "var(--hg-card)",
  "--mantine-color-text": "var(--hg-ink)",
  "--mantine-color-dimmed": "var(--hg-soft)",
  "--mantine-color-default-border": "var(--hg-line)",
  "--mantine-color-anchor": "var(--hg-brand)",
  "--mantine-color-placeholder": "var(--hg-soft)",
};

/** Mantine's own meanings, told in the colours of theme.css. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: MEANINGS, dark: MEANINGS });
