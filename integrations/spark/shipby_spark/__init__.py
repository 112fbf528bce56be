"""Runs shipby on Apache Spark: parts from the executors, reports from the driver.

    audited = audit(spark, "s3a://lake/exports", "s3a://lake/parts", binary="shipby", as_of="2026-11-09 12:00")
    audited.tallies().show()
    merge(audited.parts, "report.xlsx", binary="shipby", json="audit.json")
"""

from .files import Bundle, Export, bundles, list_exports
from .job import Audited, Failed, audit, merge, merge_by

__all__ = ["Audited", "Bundle", "Export", "Failed", "audit", "bundles", "list_exports", "merge", "merge_by"]
