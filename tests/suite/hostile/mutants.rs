//! The bodies of the fuzz targets, over their corpus and changed copies of it, with seeds that are fixed.

use std::path::PathBuf;
use std::time::{Duration, Instant};

#[path = "../../../fuzz/bodies.rs"]
mod bodies;

/// Changed copies of each file of a corpus. `SHIPBY_MUTANTS` names another number.
const COPIES: u64 = 24;
/// Longer than any honest run takes, even unoptimised on a busy machine.
const LONGEST: Duration = Duration::from_secs(30);

/// Bytes of a file of a corpus that is changed.
const LARGEST: usize = 200 << 10;

/// A generator that is always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Some bytes changed, a stretch taken out, doubled or moved.
fn mutant(original: &[u8], dice: &mut Dice) -> Vec<u8> {
    const TELLING: &[u8] = b"\"\n\r,;\t<>&=/'\0\xFF\x80-:0Z ";
    let mut bytes = original.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let to = (at + dice.below(40)).min(bytes.len());
        let stretch = bytes[at..to].to_vec();
        let from = dice.below(bytes.len() + 1);
        match dice.below(5) {
            0 if at < bytes.len() => bytes[at] = TELLING[dice.below(TELLING.len())],
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            2 => drop(bytes.drain(at..to)),
            3 => drop(bytes.splice(from..from, stretch)),
            _ => bytes.truncate(bytes.len() - dice.below(bytes.len() / 8 + 1)),
        }
    }
    bytes
}

fn run(name: &str, body: fn(&[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a corpus").flatten().map(|e| e.path()).collect();
    files.sort();
    assert!(files.len() >= 3, "{name}");
    let copies = std::env::var("SHIPBY_MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(COPIES);
    for file in files {
        let original = std::fs::read(&file).expect("read");
        body(&original);
        for copy in 0..copies {
            let bytes = mutant(&original, &mut Dice(copy));
            let before = Instant::now();
            body(&bytes);
            assert!(before.elapsed() < LONGEST, "{} {copy} takes {:?}", file.display(), before.elapsed());
        }
    }
}

#[test]
fn mutants_of_files() {
    // As the program does: what aborts does so elsewhere.
    shipby::read::isolate(PathBuf::from(env!("CARGO_BIN_EXE_shipby")));
    run("sniff", bodies::sniff);
}

/// Changed copies of anybody's files: as many of each as `SHIPBY_MUTANTS` says of those in the folder `SHIPBY_CORPUS`.
#[test]
fn mutants_of_a_corpus() {
    let Some(corpus) = std::env::var_os("SHIPBY_CORPUS").map(PathBuf::from) else { return };
    shipby::read::isolate(PathBuf::from(env!("CARGO_BIN_EXE_shipby")));
    let copies = std::env::var("SHIPBY_MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut files = Vec::new();
    super::corpus::wanted(&corpus, &mut files);
    files.sort();
    let mut made = 0_u64;
    for (at, file) in files.iter().enumerate() {
        let original = std::fs::read(file).expect("read");
        if original.len() > LARGEST {
            continue;
        }
        for copy in 0..copies {
            let bytes = mutant(&original, &mut Dice(at as u64 * 1_000_003 + copy));
            let before = Instant::now();
            bodies::sniff(&bytes);
            made += 1;
            assert!(before.elapsed() < 3 * LONGEST, "{} {copy} takes {:?}", file.display(), before.elapsed());
        }
    }
    assert!(made > 0, "no file of the corpus is small enough");
}

#[test]
fn mutants_of_text() {
    run("csv", bodies::csv);
}

#[test]
fn mutants_of_moments() {
    run("moments", bodies::moments);
}

#[test]
fn mutants_of_regions() {
    run("regions", bodies::regions);
}

#[test]
fn mutants_of_casebooks() {
    run("casebook", bodies::casebook);
}
