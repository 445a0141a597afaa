"""jupyter_kernel_test on our kernel: every attribute filled in. The kernel's spec is looked for in JUPYTER_PATH."""

import unittest

import jupyter_kernel_test as jkt


class Conformance(jkt.KernelTests):
    kernel_name = "tunelab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "Math.flo", "matches": ["floor"]},
        {"text": "'🦊'.toUpp", "matches": ["toUpperCase"]},
        {"text": "con", "matches": ["console", "const", "continue"]},
        {"text": "import { readFileS", "matches": []},
        {"text": "import 'node:fs/prom", "matches": ["promises"]},
        {"text": "%typecheck w", "matches": ["warn"]},
        {"text": "%typec", "matches": ["%typecheck"]},
        {"text": "f(() => { [1].findLas", "matches": ["findLast", "findLastIndex"]},
    ]
    complete_code_samples = ["const a = 1", "function f(x: number) { return x }", "[1, 2].map((x) => x * 2)"]
    incomplete_code_samples = ["function f() {", "function f()", "const a = [1,", "`open", "a ? b", "foo?.", "<T>(x: T) =>"]
    invalid_code_samples = ["const = 3", "1 +* 2", "const a = 1, a = 2"]
    code_page_something = "Math?"
    code_generate_error = "throw new Error('wrong')"
    code_execute_result = [{"code": "6*7", "result": "42"}, {"code": "'a' + 'b'", "result": "'ab'"}]
    code_display_data = [
        {"code": "import { display } from 'tslab'; display.html('<b>hi</b>')", "mime": "text/html"},
        {"code": "import * as lab from 'tslab'; lab.display.svg('<svg/>')", "mime": "image/svg+xml"},
    ]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6?7*"
    code_inspect_sample = "Math"
    code_clear_output = "%clear"


class Welcome(jkt.IopubWelcomeTests):
    kernel_name = "tunelab"
    support_iopub_welcome = True


unittest.main(argv=["conformance"], verbosity=2)
