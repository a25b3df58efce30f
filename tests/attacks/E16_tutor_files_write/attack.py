import os, site
_m = "# PWNED_MARKER (harmless)\n"
for _p in ("~/.bashrc", "~/.profile", "~/.pythonrc.py", "~/.config/autostart/x.desktop", "~/.jupyter/jupyter_server_config.py", "~/.git-templates/hooks/post-checkout", "/etc/cron.d/x", "/var/spool/cron/crontabs/x", os.path.join(site.getusersitepackages() if hasattr(site, "getusersitepackages") else "~/.local", "usercustomize.py")):
    try:
        _q = os.path.expanduser(_p); os.makedirs(os.path.dirname(_q), exist_ok=True); open(_q, "a").write(_m); print("WROTE", _q)
    except OSError as _e: print("denied", _p, _e.strerror)
