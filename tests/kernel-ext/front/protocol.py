"""The parts of the protocol that jupyter_kernel_test leaves out, through jupyter_client, every message validated."""

import time
import unittest
from queue import Empty

from jupyter_client.manager import start_new_kernel
from jupyter_client.session import Session
from jupyter_kernel_test.msgspec_v5 import schema_fragments, validate_message

# Seconds after which what a test waits for is taken never to come: a busy machine takes ten times what a free one does.
TIMEOUT = 60


def checked(message):
    # input_request's schema wants the boolean `password` to be a number.
    kind = message["msg_type"]
    if kind in schema_fragments and kind != "input_request":
        validate_message(message, kind, message["parent_header"].get("msg_id"))
    return message


class Protocol(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.km, cls.kc = start_new_kernel(kernel_name="tunelab")

    @classmethod
    def tearDownClass(cls):
        cls.kc.stop_channels()
        cls.km.shutdown_kernel(now=True)

    def reply(self, msg_id, get=None):
        """The reply to a message, on shell or where `get` takes messages from."""
        while True:
            message = checked((get or self.kc.get_shell_msg)(timeout=TIMEOUT))
            if message["parent_header"].get("msg_id") == msg_id:
                return message["content"]

    def output(self, msg_id):
        """What comes on iopub below a message, up to idle; status messages left out."""
        messages = []
        while True:
            message = checked(self.kc.get_iopub_msg(timeout=TIMEOUT))
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["content"].get("execution_state") == "idle":
                return messages
            if message["msg_type"] != "status":
                messages.append(message)

    def run_cell(self, code, **options):
        msg_id = self.kc.execute(code, **options)
        return self.reply(msg_id), self.output(msg_id)

    def send(self, kind, content):
        message = self.kc.session.msg(kind, content)
        self.kc.shell_channel.send(message)
        return message["header"]["msg_id"]

    def result(self, messages):
        return next(m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result")

    def test_input_and_password(self):
        code = "const who = await input('Name? '); const key = await password('Key? '); [who, key]"
        msg_id = self.kc.execute(code, allow_stdin=True)
        for prompt, password, line in [("Name? ", False, "Ada"), ("Key? ", True, "s3cret")]:
            asked = checked(self.kc.get_stdin_msg(timeout=TIMEOUT))
            self.assertEqual(asked["msg_type"], "input_request")
            self.assertEqual(asked["content"], {"prompt": prompt, "password": password})
            self.kc.input(line)
        self.assertEqual(self.reply(msg_id)["status"], "ok")
        self.assertEqual(self.result(self.output(msg_id)), "[ 'Ada', 's3cret' ]")

    def test_input_where_none_is_allowed(self):
        reply, _ = self.run_cell("await input('Name? ')", allow_stdin=False)
        self.assertEqual(reply["status"], "error")

    def test_comms(self):
        self.run_cell("comms.register('twice', (c) => { c.onMessage = ({ data }) => c.send({ n: data.n * 2 }) })")
        opened = self.send("comm_open", {"comm_id": "k1", "target_name": "twice", "data": {}})
        self.assertEqual(self.output(opened), [])
        said = self.output(self.send("comm_msg", {"comm_id": "k1", "data": {"n": 21}}))
        self.assertEqual([m["content"] for m in said], [{"comm_id": "k1", "data": {"n": 42}}])
        info = self.reply(self.kc.comm_info("twice"))
        self.assertEqual(info["comms"], {"k1": {"target_name": "twice"}})
        self.assertEqual(self.reply(self.kc.comm_info("other"))["comms"], {})
        self.output(self.send("comm_close", {"comm_id": "k1", "data": {}}))
        self.assertEqual(self.reply(self.kc.comm_info())["comms"], {})
        unknown = self.send("comm_open", {"comm_id": "k2", "target_name": "nobody", "data": {}})
        closed = checked(self.kc.get_iopub_msg(timeout=TIMEOUT))
        while closed["msg_type"] != "comm_close":
            closed = checked(self.kc.get_iopub_msg(timeout=TIMEOUT))
        self.assertEqual((closed["parent_header"]["msg_id"], closed["content"]["comm_id"]), (unknown, "k2"))

    def test_clear_output(self):
        for code, wait in [("%clear", False), ("%clear --wait", True)]:
            _, messages = self.run_cell(f"console.log('before')\n{code}\nconsole.log('after')")
            self.assertEqual([m["msg_type"] for m in messages], ["execute_input", "stream", "clear_output", "stream"])
            self.assertEqual(messages[2]["content"], {"wait": wait})

    def test_pager(self):
        self.run_cell("/** How far it is. */\nconst distance = 12")
        for name, text in [("distance?", "distance: 12"), ("%board?", "%board")]:
            reply, messages = self.run_cell(name)
            self.assertEqual([m["msg_type"] for m in messages], ["execute_input"])
            (page,) = reply["payload"]
            self.assertEqual((page["source"], page["start"]), ("page", 0))
            self.assertIn(text, page["data"]["text/plain"])

    def test_user_expressions(self):
        reply, _ = self.run_cell("let n = 20", user_expressions={"good": "n + 1", "bad": "n.no.way", "odd": "n +"})
        self.assertEqual(reply["user_expressions"]["good"]["data"], {"text/plain": "21"})
        self.assertEqual(reply["user_expressions"]["bad"]["ename"], "TypeError")
        self.assertEqual(reply["user_expressions"]["odd"]["ename"], "SyntaxError")

    def test_silent(self):
        before, _ = self.run_cell("0")
        reply, messages = self.run_cell("console.log('unseen'); 7", silent=True)
        self.assertEqual(messages, [])
        self.assertEqual(reply["execution_count"], before["execution_count"])

    def test_store_history(self):
        before, _ = self.run_cell("'kept'")
        reply, messages = self.run_cell("'not kept'", store_history=False)
        self.assertEqual(self.result(messages), "'not kept'")
        self.assertEqual(reply["execution_count"], before["execution_count"])
        history = self.reply(self.kc.history(hist_access_type="tail", n=1, output=True))["history"]
        self.assertEqual([h[2] for h in history], [["'kept'", "'kept'"]])

    def test_stop_on_error(self):
        # Long enough for the next request to be waiting when it fails.
        failing = self.kc.execute("await new Promise((resolve) => setTimeout(resolve, 300)); throw new Error('stop')")
        waiting = self.kc.execute("console.log('must not run')")
        self.assertEqual(self.reply(failing)["ename"], "Error")
        aborted = self.reply(waiting)
        self.assertEqual((aborted["status"], aborted["ename"]), ("error", "Aborted"))
        self.assertEqual(self.output(waiting), [])
        failing = self.kc.execute("throw new Error('go on')", stop_on_error=False)
        waiting = self.kc.execute("'does run'")
        self.assertEqual(self.reply(waiting)["status"], "ok")

    def test_interrupt_on_control(self):
        self.run_cell("let kept = 5")
        for code in ["for (;;) {}", "await new Promise(() => {})"]:
            msg_id = self.kc.execute(f"console.log('begun'); {code}")
            while checked(self.kc.get_iopub_msg(timeout=TIMEOUT))["msg_type"] != "stream":
                pass
            self.km.interrupt_kernel()
            self.assertEqual(self.reply(msg_id)["ename"], "KeyboardInterrupt")
        self.assertEqual(self.result(self.run_cell("kept")[1]), "5")

    def test_claims_only_what_works(self):
        info = self.reply(self.kc.kernel_info())
        self.assertEqual(info["supported_features"], [])
        self.assertFalse(info.get("debugger", False))

    def test_wrong_key(self):
        right = self.kc.session
        wrong = Session(key=b"another key", session=right.session)
        self.kc.shell_channel.session = wrong
        try:
            self.send("execute_request", {"code": "globalThis.obeyed = true", "silent": False})
        finally:
            self.kc.shell_channel.session = right
        self.assertEqual(self.result(self.run_cell("typeof (globalThis as any).obeyed")[1]), "'undefined'")
        with self.assertRaises(Empty):
            self.kc.get_shell_msg(timeout=0.2)

    def test_heartbeat(self):
        self.kc.hb_channel.unpause()
        self.run_cell("const until = Date.now() + 1500; while (Date.now() < until);")
        self.assertTrue(self.kc.hb_channel.is_beating())


class Lives(unittest.TestCase):
    """Restart and shutdown: kernels of their own."""

    def test_restart_keeps_history(self):
        km, kc = start_new_kernel(kernel_name="tunelab")
        try:
            kc.execute_interactive("'before the restart'", timeout=TIMEOUT, output_hook=lambda _: None)
            km.restart_kernel(now=False)
            kc.wait_for_ready(timeout=TIMEOUT)
            kc.execute_interactive("'after'", timeout=TIMEOUT, output_hook=lambda _: None)
            reply = checked(kc.history(hist_access_type="tail", n=2, output=True, reply=True, timeout=TIMEOUT))
            (one, first, before), (two, second, after) = reply["content"]["history"]
            # Results are not kept on disk: they may hold secrets.
            self.assertEqual(before, ["'before the restart'", None])
            self.assertEqual(after, ["'after'", "'after'"])
            self.assertEqual((first, second), (1, 1))
            self.assertGreater(two, one)
        finally:
            kc.stop_channels()
            km.shutdown_kernel(now=True)

    def test_shutdown_on_control(self):
        km, kc = start_new_kernel(kernel_name="tunelab")
        try:
            reply = checked(kc.shutdown(reply=True, timeout=TIMEOUT))
            self.assertEqual(reply["content"], {"status": "ok", "restart": False})
            ends = time.monotonic() + TIMEOUT
            while km.is_alive() and time.monotonic() < ends:
                time.sleep(0.05)
            self.assertFalse(km.is_alive())
        finally:
            kc.stop_channels()
            km.shutdown_kernel(now=True)


unittest.main(argv=["protocol"], verbosity=2)
