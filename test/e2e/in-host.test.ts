import { describeInHost } from "./mocha/describe-in-host.js";

describeInHost("inside the extension host of VS Code", { folder: "examples", suites: "suites" });
