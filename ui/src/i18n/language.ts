/** The languages the admin speaks, and which of them to start with. */
export const LANGUAGES = { en: "English", ru: "Русский" } as const;
export type Language = keyof typeof LANGUAGES;

const REMEMBERED = "hourglass.language";

export function isLanguage(text: string | null | undefined): text is Language {
  return text === "en" || text === "ru";
}

/** What was chosen in the header before. */
export function remembered(): Language | null {
  const kept = localStorage.getItem(REMEMBERED);
  return isLanguage(kept) ? kept : null;
}

export function remember(language: Language): void {
  localStorage.setItem(REMEMBERED, language);
}

/** The choice made in the header; else the browser's first language that we speak; else the account's; else English. */
export function firstLanguage(browser: readonly string[], account?: string): Language {
  const wanted = [remembered(), ...browser.map((tag) => tag.slice(0, 2).toLowerCase()), account?.slice(0, 2)];
  return wanted.find(isLanguage) ?? "en";
}
