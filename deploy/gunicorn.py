"""How gunicorn serves the portal, in the demo and in production."""

import os

wsgi_app = "config.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
# Pages wait for PostgreSQL and for uploads: threads share what a worker has loaded.
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = True
timeout = 60
# Memory that a rare big page took comes back; the jitter spreads the restarts.
max_requests, max_requests_jitter = 5000, 500
accesslog = "-"
control_socket_disable = True
