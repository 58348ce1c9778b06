export const session = {
  signIn: {
    title: "Sign in",
    lead: "There are no passwords here. You come in by a one-time link.",
    step1: "On the machine where Hourglass runs, ask for a link:",
    step2: "Open the address it prints in this browser. It works once, and only for a short time.",
    expired: "The link was already used or is too old? Ask for a new one with the same command.",
    host: "If you reach Hourglass at another address than the printed one, change the host and keep everything from /login on.",
  },
} as const;
