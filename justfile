# What a developer runs. `just` lists it.

default:
    @just --list

# The whole suite.
test:
    cargo test

# What CI checks.
check: test
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# Times of single stages; `python3 benches/end_to_end/run.py` measures the whole.
bench:
    cargo bench

# The report of the samples.
sample:
    cargo run --release -- audit samples/ --as-of "2026-11-09 12:00" -o report.xlsx

# Generated documents: docs/rules.zh.md, docs/rules.en.md.
docs:
    SHIPBY_WRITE_DOCS=1 cargo test --test suite docs

# The samples, their twins and what is expected of them (needs Python with openpyxl).
samples:
    python3 samples/make.py
