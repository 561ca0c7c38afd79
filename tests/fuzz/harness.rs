//! The loop: inputs made of older ones, each tried with a limit to its time and memory.
//!
//! There is no coverage to go by on stable Rust, so each target says what came of an input as a few
//! numbers, its traits; an input with a trait never seen before is kept, to be changed further.

use crate::random::Random;
use peak_alloc::PeakAlloc;
use std::any::Any;
use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// One target after the other: memory is counted for the whole process.
static TURN: Mutex<()> = Mutex::new(());

/// The most processor time that an input may take: in a debug build all is slower.
const MOST_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// The most memory, beside what is there already.
const MOST_MEMORY: usize = 192 << 20;
/// The longest input, and the most that are kept.
const LONGEST: usize = 400_000;
const MOST_KEPT: usize = 4_000;

/// What is fuzzed.
pub trait Target {
    /// Its name, and that of its folder in the corpus.
    const NAME: &'static str;
    /// Inputs to begin with, beside those of the corpus.
    fn seeds(&self) -> Vec<Vec<u8>>;
    /// An input like `old`; `other` is another one.
    fn change(&self, random: &mut Random, old: &[u8], other: &[u8]) -> Vec<u8>;
    /// Uses an input; the traits of what came of it. It must not panic.
    fn try_it(&self, input: &[u8]) -> Vec<u64>;
}

/// The trait of a thing that was found.
pub fn mark(parts: &[&dyn AsBytes]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        part.each(&mut |byte| hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        hash = (hash ^ 0xff).wrapping_mul(0x100_0000_01b3);
    }
    hash
}

pub trait AsBytes {
    fn each(&self, f: &mut dyn FnMut(u8));
}
impl AsBytes for &str {
    fn each(&self, f: &mut dyn FnMut(u8)) {
        self.bytes().for_each(f);
    }
}
impl AsBytes for usize {
    fn each(&self, f: &mut dyn FnMut(u8)) {
        self.to_le_bytes().into_iter().for_each(f);
    }
}

/// A number by its length: 5 and 7 are alike, 5 and 50 are not.
pub fn magnitude(number: usize) -> usize {
    (usize::BITS - number.leading_zeros()) as usize
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Processor time of this thread.
fn spent() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

struct Find {
    why: String,
    path: PathBuf,
}

/// What running a target keeps.
struct Run<'a, T> {
    target: &'a T,
    finds: Vec<Find>,
    /// Why inputs fail, without what differs from one to the next.
    known: HashSet<String>,
    traits: HashSet<u64>,
    kept: Vec<Vec<u8>>,
    tried: u64,
    slowest: Duration,
    largest: usize,
    /// Holds the input at hand.
    current: fs::File,
    begun: Arc<AtomicU64>,
}

impl<T: Target> Run<'_, T> {
    fn try_it(&mut self, input: Vec<u8>) {
        self.tried += 1;
        let mut noted = (input.len() as u64).to_le_bytes().to_vec();
        noted.extend(&input);
        let _ = self.current.write_all_at(&noted, 0);
        self.begun.store(now(), Ordering::Relaxed);
        MEMORY.reset_peak_usage();
        let (before, wall) = (MEMORY.current_usage(), Instant::now());
        let cpu = spent();
        let tried = catch_unwind(AssertUnwindSafe(|| self.target.try_it(&input)));
        let took = if wall.elapsed() > Duration::from_millis(20) {
            spent().saturating_sub(cpu)
        } else {
            wall.elapsed()
        };
        let used = MEMORY.peak_usage().saturating_sub(before);
        self.begun.store(0, Ordering::Relaxed);
        if took > self.slowest {
            self.slowest = took;
            if took > MOST_TIME / 20 {
                self.write("slow", &input);
            }
        }
        if used > self.largest {
            self.largest = used;
            if used > MOST_MEMORY / 20 {
                self.write("large", &input);
            }
        }
        match tried {
            Err(why) => self.found(&format!("panicked: {}", told(&*why)), &input),
            Ok(_) if took > MOST_TIME => self.found(&format!("took {took:?}"), &input),
            Ok(_) if used > MOST_MEMORY => self.found(&format!("took {} MB", used >> 20), &input),
            Ok(traits) => {
                let mut fresh = false;
                for one in traits {
                    fresh |= self.traits.len() < 1 << 20 && self.traits.insert(one);
                }
                if fresh && self.kept.len() < MOST_KEPT {
                    self.kept.push(input);
                }
            }
        }
    }

    fn write(&self, what: &str, input: &[u8]) -> PathBuf {
        let path = folder().join(format!("{}-{what}", T::NAME));
        fs::write(&path, input).unwrap();
        path
    }

    fn found(&mut self, why: &str, input: &[u8]) {
        let plain: String = why
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .take(60)
            .collect();
        if self.known.insert(plain) {
            let path = self.write(&format!("find-{}", self.finds.len()), input);
            eprintln!("{}: {why}\n  {}", T::NAME, path.display());
            self.finds.push(Find {
                why: why.into(),
                path,
            });
        }
    }

    fn progress(&self, since: Duration) {
        println!(
            "{}: {} s, {} inputs ({}/s), {} traits, {} kept, slowest {:?}, largest {} KB, {} finds",
            T::NAME,
            since.as_secs(),
            self.tried,
            self.tried / since.as_secs().max(1),
            self.traits.len(),
            self.kept.len(),
            self.slowest,
            self.largest >> 10,
            self.finds.len()
        );
        let _ = std::io::stdout().flush();
    }
}

fn now() -> u64 {
    std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(1, |since| since.as_millis() as u64)
}

fn told(why: &(dyn Any + Send)) -> String {
    let text = why.downcast_ref::<String>().cloned();
    text.or_else(|| why.downcast_ref::<&str>().map(|text| (*text).into()))
        .unwrap_or_default()
}

/// An input that never ends, or takes all memory, ends the process; it is in the file named.
fn watch(name: &'static str, begun: Arc<AtomicU64>) {
    std::thread::spawn(move || {
        while Arc::strong_count(&begun) > 1 {
            std::thread::sleep(Duration::from_millis(100));
            let since = begun.load(Ordering::Relaxed);
            let hangs = since > 0 && now().saturating_sub(since) > 60_000;
            if hangs || MEMORY.current_usage() > 3 << 30 {
                let why = if hangs {
                    "hangs"
                } else {
                    "takes too much memory"
                };
                eprintln!("{name}: an input {why}: {}", current(name).display());
                std::process::exit(1);
            }
        }
    });
}

fn current(name: &str) -> PathBuf {
    folder().join(format!("{name}-current"))
}

/// Fuzzes a target.
pub fn fuzz<T: Target>(target: &T) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Ok(path) = std::env::var("FUZZ_INPUT") {
        target.try_it(&fs::read(path).unwrap());
        return;
    }
    let seconds = setting("FUZZ_SECONDS");
    let time = Duration::from_secs(seconds.unwrap_or(2));
    let begun = Arc::new(AtomicU64::new(0));
    watch(T::NAME, begun.clone());
    let mut run = Run {
        target,
        finds: Vec::new(),
        known: HashSet::new(),
        traits: HashSet::new(),
        kept: Vec::new(),
        tried: 0,
        slowest: Duration::ZERO,
        largest: 0,
        current: fs::File::create(current(T::NAME)).unwrap(),
        begun,
    };
    let mut corpus = target.seeds();
    let mut files: Vec<PathBuf> = match fs::read_dir(Path::new("tests/fuzz/corpus").join(T::NAME)) {
        Ok(files) => files.map(|item| item.unwrap().path()).collect(),
        Err(_) => Vec::new(),
    };
    files.sort();
    corpus.extend(files.iter().map(|path| fs::read(path).unwrap()));
    assert!(!corpus.is_empty(), "{} has nothing to begin with", T::NAME);
    run.kept.clone_from(&corpus);
    for input in corpus {
        run.try_it(input);
    }
    let mut random = Random::new(setting("FUZZ_SEED").unwrap_or(8_170));
    let (start, mut next) = (Instant::now(), Duration::from_secs(30));
    while start.elapsed() < time {
        let pick = |random: &mut Random, kept: usize| {
            // What was found last more often than the rest.
            if random.once_in(3) {
                kept - 1 - random.below(kept.min(50))
            } else {
                random.below(kept)
            }
        };
        let (one, two) = (
            pick(&mut random, run.kept.len()),
            pick(&mut random, run.kept.len()),
        );
        let mut input = target.change(&mut random, &run.kept[one], &run.kept[two]);
        while random.once_in(2) {
            input = target.change(&mut random, &input, &run.kept[two]);
        }
        if input.len() <= LONGEST {
            run.try_it(input);
        }
        if start.elapsed() > next {
            run.progress(start.elapsed());
            next += Duration::from_secs(30);
        }
    }
    if seconds.is_some() {
        run.progress(start.elapsed());
    }
    let finds: Vec<String> = run
        .finds
        .iter()
        .map(|find| format!("{}: {}", find.path.display(), find.why))
        .collect();
    assert!(finds.is_empty(), "{}", finds.join("\n"));
}
