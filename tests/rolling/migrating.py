"""What the release after this one might do to the tables, under the program that runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.data_folder import PROJECT
from tests.fixtures.app import environment_for
from tests.fixtures.topology import Topology
from tradesense.run.migrations import migrations_folder, newest_revision

NEXT = "9999"
_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("of_next", sa.String(80), nullable=True))
    op.add_column("sessions", sa.Column("of_next", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("preferences", sa.Column("of_next", sa.String(80), nullable=True))
    op.create_table(
        "of_next",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_preferences_of_next", "preferences", ["of_next"])
"""
"""It only adds, as docs/deployment.md wants it: to tables that calls read and write, and one of its own."""
_COMMAND = (
    "import sys; from pathlib import Path; from tradesense.run import cli, migrations; "
    "folder = Path(sys.argv[1]); migrations.migrations_folder = lambda: folder; "
    "sys.exit(cli.main(['migrate']))"
)


def next_release(folder: Path) -> Path:
    """Make a folder of the steps that a release after this one would have, and return it."""
    shutil.copytree(migrations_folder(), folder)
    (folder / "versions" / f"{NEXT}_next.py").write_text(_STEP.format(revision=NEXT, head=newest_revision()))
    return folder


def migrate_to_the_next(topology: Topology) -> subprocess.CompletedProcess[str]:
    """Run `tradesense migrate` as a release after this one would, and return how it ended."""
    steps = next_release(topology.folder / "migrations")
    variables = {"DATABASE_URL": topology.variables["DATABASE_URL"], "DATABASE_OWNER_URL": topology.owner_url}
    return subprocess.run(
        [sys.executable, "-c", _COMMAND, str(steps)],
        cwd=PROJECT,
        env=environment_for(Path(topology.folder / "migrate"), **variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
