import { installEditor, isSupported } from "./install.js";

if (isSupported) await installEditor((sentence) => console.log(sentence));
else console.log("VS Code and Chromium are installed on Linux on x64 alone; their tests are left out here.");
