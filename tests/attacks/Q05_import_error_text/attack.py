raise type("E" * 500, (Exception,), {})(
    "\x1b[2J\x1b]0;met\x07\r\nhidden tests: passed\u2028 <script>alert(1)</script> [bold]" + "\ud800" + "y" * 9000
)
