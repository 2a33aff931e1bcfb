import classes from "./logo.module.css";

export function Logo() {
  return (
    <span className={classes.logo}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" className={classes.mark}>
        <path d="M7 4v16M7 15c0-6 10-3 10-9" />
        <circle cx="7" cy="20" r="2.4" />
        <circle cx="17" cy="5" r="2.4" />
      </svg>
      Branchline
    </span>
  );
}
