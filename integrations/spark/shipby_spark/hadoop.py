"""Files in any file system that Spark's Hadoop libraries know: s3a://, hdfs://, gs://, abfss:// …

The driver has the JVM of its session. A worker's Python has none: it starts one with Spark's own libraries and the
session's Hadoop configuration, and keeps it for the bundles to come.
"""

import glob
import json
import os
import uuid
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

MANIFEST = "part.json"

# Where renaming a folder copies its files one by one: others would see half of it meanwhile.
OBJECT_STORES = ("s3", "s3a", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cosn", "obs", "o3fs")

_own: Dict[str, "Hadoop"] = {}


def is_local(uri: str) -> bool:
    """Whether it is a path of this machine: without a scheme, or `file:`."""
    return "://" not in uri or uri.startswith("file:")


def local_path(uri: str) -> str:
    """The path of a local URI. Like Hadoop, it takes `%20` for what it says."""
    for scheme in ("file://", "file:"):
        if uri.startswith(scheme + "/"):
            uri = uri[len(scheme) :]
    return os.path.abspath(uri)


class Hadoop:
    """Hadoop's file systems, through a JVM."""

    def __init__(self, jvm, configuration):
        self._jvm = jvm
        self._configuration = configuration

    @classmethod
    def of_session(cls, spark) -> "Hadoop":
        """That of a session's driver."""
        return cls(spark._jvm, spark._jsc.hadoopConfiguration())

    @classmethod
    def of_worker(cls, settings: str, class_path: Sequence[str] = ()) -> "Hadoop":
        """One with the settings of a driver's `settings()`, in a JVM of its own that ends with this process."""
        if settings not in _own or not _own[settings]._lives():
            jvm = _start(class_path)
            configuration = jvm.org.apache.hadoop.conf.Configuration(False)
            configuration.addResource(jvm.java.io.ByteArrayInputStream(settings.encode()))
            configuration.size()  # read now, while the stream is there
            _own[settings] = cls(jvm, configuration)
        return _own[settings]

    def _lives(self) -> bool:
        try:
            return bool(self._jvm.java.lang.System.nanoTime())
        except Exception:  # whatever ended it, another is started
            return False

    def settings(self) -> str:
        """The configuration as XML, for workers."""
        writer = self._jvm.java.io.StringWriter()
        self._configuration.writeXml(writer)
        return writer.toString()

    def _path(self, uri: str):
        return self._jvm.org.apache.hadoop.fs.Path(uri)

    def _system(self, path):
        return path.getFileSystem(self._configuration)

    def files(self, root: str) -> Iterator[Tuple[str, int]]:
        """Every file below a folder: its path from there, and its size."""
        path = self._path(root)
        system = self._system(path)
        base = system.makeQualified(path).toString().rstrip("/") + "/"
        found = system.listFiles(path, True)
        while found.hasNext():
            status = found.next()
            yield status.getPath().toString()[len(base) :], status.getLen()

    def fetch(self, uri: str, target: str) -> None:
        """Copies a file or folder to a path of this machine."""
        path = self._path(uri)
        self._system(path).copyToLocalFile(False, path, self._path(target), True)

    def put(self, source: str, uri: str) -> None:
        """Copies a file of this machine to a URI, over what is there."""
        path = self._path(uri)
        self._system(path).copyFromLocalFile(False, True, self._path(source), path)

    def put_part(self, part: str, parts: str) -> str:
        """Copies a part below a folder and gives where it is. However often this is done, and wherever at the same
        time, there is one part; it can be seen when it is whole."""
        name = os.path.basename(part)
        target = f"{parts}/{name}"
        if self._is_whole(part, target):
            return target
        path = self._path(target)
        system = self._system(path)
        # The manifest last: without it there is no part.
        files = sorted(os.listdir(part), key=lambda file: file == MANIFEST)
        if (system.getUri().getScheme() or "") in OBJECT_STORES:
            # A file is there whole or not at all, and every try writes the same tables.
            for file in files:
                self.put(os.path.join(part, file), f"{target}/{file}")
            return target
        aside = f"{parts}/.{name}-{uuid.uuid4().hex}"
        try:
            for file in files:
                self.put(os.path.join(part, file), f"{aside}/{file}")
            if system.exists(path) and not self._is_whole(part, target):
                system.delete(path, True)
            self._rename(aside, target)
        except Exception:
            # Another try came first.
            if not self._is_whole(part, target):
                raise
        finally:
            system.delete(self._path(aside), True)
        return target

    def _rename(self, source: str, target: str) -> None:
        """Renames a folder, and fails where the target is there: `FileSystem.rename` would move the one into the other."""
        to = self._path(target)
        files = self._jvm.org.apache.hadoop.fs.FileContext.getFileContext(to.toUri(), self._configuration)
        options = self._jvm.java.lang.Class.forName("org.apache.hadoop.fs.Options$Rename")
        none = self._jvm.java.lang.reflect.Array.newInstance(options, 0)
        files.rename(self._path(source), to, none)

    def _is_whole(self, part: str, target: str) -> bool:
        """Whether the part that lies at the target has all tables in full."""
        manifest = self._path(f"{target}/{MANIFEST}")
        system = self._system(manifest)
        if not system.exists(manifest):
            return False
        with open(os.path.join(part, MANIFEST), encoding="utf-8") as file:
            tables = json.load(file)["tables"]
        for name, table in tables.items():
            there = self._path(f"{target}/{name}.parquet")
            if not system.exists(there) or system.getFileStatus(there).getLen() != table["bytes"]:
                return False
        return True


def reason(fault: Exception) -> str:
    """What went wrong, without Java's stack."""
    java = getattr(fault, "java_exception", None)
    return java.toString() if java is not None else f"{type(fault).__name__}: {fault}"


def _start(class_path: Sequence[str]):
    """A JVM with Spark's libraries and what was sent along with the job."""
    from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway
    from pyspark import SparkFiles
    from pyspark.find_spark_home import _find_spark_home

    jars = os.path.join(_find_spark_home(), "jars")
    gateway_jars = glob.glob(os.path.join(jars, "py4j-*.jar"))
    if not gateway_jars:
        raise RuntimeError(f"no Spark libraries in {jars}")
    folders = [os.environ.get(name) for name in ("HADOOP_CONF_DIR", "YARN_CONF_DIR", "SPARK_DIST_CLASSPATH")]
    # Connectors that came by `--packages` or `--jars` lie where Spark puts files that are sent along.
    sent = [os.path.join(folder, "*") for folder in (SparkFiles.getRootDirectory(), os.getcwd())]
    libraries: List[str] = [*class_path, *filter(None, folders), os.path.join(jars, "*"), *sent]
    if "SPARK_USER" in os.environ:
        # Who the executor acts for, where there is no Kerberos.
        os.environ.setdefault("HADOOP_USER_NAME", os.environ["SPARK_USER"])
    java: Optional[str] = os.environ.get("JAVA_HOME")
    port, token = launch_gateway(
        jarpath=gateway_jars[0],
        classpath=os.pathsep.join(libraries),
        javaopts=["-Xmx512m", "-XX:+UseSerialGC"],
        die_on_exit=True,
        java_path=os.path.join(java, "bin", "java") if java else "java",
        enable_auth=True,
    )
    return JavaGateway(gateway_parameters=GatewayParameters(port=port, auth_token=token, auto_convert=True)).jvm
