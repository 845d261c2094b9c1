// The one script of every page. Each page also works without it: plain forms, links and <details>.
import { CharacterCount, Checkboxes, createAll, ErrorSummary, PasswordInput, Radios, SkipLink } from "govuk-frontend";
import { keepDrafts } from "./drafts.js";
import { holdSubmit } from "./submit.js";
import { comfort } from "./comfort.js";
import { readAloud } from "./read-aloud.js";
import { live } from "./live.js";
import { uploads } from "./uploads.js";
import { shortcuts } from "./shortcuts.js";
import { extras } from "./extras.js";
import { knapsacks } from "./knapsack.js";
import { steps } from "./steps.js";
import { words } from "./words.js";
import { session } from "./session.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

function start(scope) {
  createAll(CharacterCount, { i18n: words("characters") }, scope);
  createAll(PasswordInput, { i18n: words("password") }, scope);
  for (const Part of [Checkboxes, Radios, SkipLink, ErrorSummary]) createAll(Part, {}, scope);
  keepDrafts(scope);
  uploads(scope);
  extras(scope);
  knapsacks(scope);
  steps(scope);
}

start(document);
holdSubmit();
comfort();
readAloud();
live(start);
shortcuts();
session();
