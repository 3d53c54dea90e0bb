//! How long does the worst text take? Every function of the library on 64 kB of texts that nobody writes.
//!
//! `cargo run --release -p arabic --example hostile` prints for each function its slowest text, the time, and by how
//! much it grows when the text is twice as long: about 2, where the work grows with the text. Fails when one takes longer
//! than 50 ms.

#[path = "../tests/hostile/acts.rs"]
mod acts;
#[path = "../tests/hostile/texts.rs"]
mod texts;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const MOST: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    // What is made once is made before.
    arabic::morphology::keys("كتاب");
    let (texts, halves) = (texts::all(texts::SIZE), texts::all(texts::SIZE / 2));
    let mut rows: Vec<(Duration, f64, &str, &str)> = Vec::new();
    for (act, answer) in acts::ACTS {
        let times = texts.iter().map(|(name, text)| (shortest(answer, text), *name)).enumerate();
        if let Some((place, (time, name))) = times.max_by_key(|(_, (time, _))| *time) {
            let half = shortest(answer, &halves[place].1).as_secs_f64();
            rows.push((time, time.as_secs_f64() / half.max(1e-9), act, name));
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    for (time, growth, act, name) in &rows {
        println!("{:9.3} ms  ×{growth:4.1}  {act:34} {name}", time.as_secs_f64() * 1e3);
    }
    let too_long = rows.iter().filter(|(time, ..)| *time > MOST).count();
    println!("{} functions, {} texts of 64 kB, {too_long} above {} ms", rows.len(), texts.len(), MOST.as_millis());
    if too_long == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The shortest of three, because the machine has other things to do.
fn shortest(answer: fn(&str) -> usize, text: &str) -> Duration {
    let once = |_| {
        let start = Instant::now();
        black_box(answer(black_box(text)));
        start.elapsed()
    };
    (0..3).map(once).min().unwrap_or_default()
}
