import { Badge, Button, type CSSVariablesResolver, createTheme, Input, type MantineColorsTuple } from "@mantine/core";

/** Greys with a little blue, so that long sessions at night stay calm. */
const dark: MantineColorsTuple = [
  "#d9dde4",
  "#bcc3ce",
  "#9aa3b2",
  "#737c8b",
  "#454c59",
  "#343a45",
  "#282d36",
  "#171a20",
  "#121419",
  "#0d0f13",
];

/** Buttons and inputs stand in one line, dense enough for a form of many rows. */
const controlHeight = "34px";

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: "sm",
  cursorType: "pointer",
  fontFamily: "var(--font-geist-sans), system-ui, sans-serif",
  fontFamilyMonospace: "var(--font-geist-mono), ui-monospace, monospace",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "1.3" },
      h2: { fontSize: "16px", lineHeight: "1.35" },
      h3: { fontSize: "14px", lineHeight: "1.4" },
    },
  },
  colors: { dark },
  components: {
    Avatar: { styles: { placeholder: { color: "var(--mantine-color-text)" } } },
    Badge: Badge.extend({
      defaultProps: { variant: "light", tt: "none", fw: 500, radius: "sm" },
      // A tinted ground says the colour; coloured words on it would be too faint.
      vars: (_theme, { variant }) => ({
        root: variant === "light" ? { "--badge-color": "var(--mantine-color-text)" } : {},
      }),
    }),
    Button: Button.extend({
      vars: (_theme, { size }) => ({
        root:
          size === undefined
            ? { "--button-height": controlHeight, "--button-fz": "13px", "--button-padding-x": "14px" }
            : {},
      }),
    }),
    Input: Input.extend({
      vars: () => ({
        wrapper: {
          "--input-height": controlHeight,
          "--input-fz": "13px",
          // An example stays one beside an error, and does not look like what was typed.
          "--input-placeholder-color": "var(--mantine-color-placeholder)",
        },
      }),
    }),
    Code: { defaultProps: { fz: "12px" } },
    Modal: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        // A dialog's heading is not the page's banner.
        attributes: { header: { role: "none" } },
      },
    },
    Anchor: { defaultProps: { underline: "hover" } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: "sm" } },
  },
});

/** Quiet text must still be read by everybody: 4.5 to 1 on every background that it stands on. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5b626b",
    "--mantine-color-placeholder": "#6b727b",
    "--mantine-color-error": "#c92a2a",
    "--surface": "#ffffff",
    "--surface-quiet": "#f6f7f9",
    "--line": "#e2e5ea",
  },
  dark: {
    "--mantine-color-dimmed": "#a0a8b6",
    "--mantine-color-placeholder": "#8b93a1",
    "--mantine-color-error": "#ff8787",
    "--surface": "#1c2027",
    "--surface-quiet": "#14171c",
    "--line": "#2e343e",
  },
});
