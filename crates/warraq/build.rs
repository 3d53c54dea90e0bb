//! Stops a build that would lack the styles, script and fonts, and repeats it when embedded files change.

use std::path::Path;

fn main() {
    for folder in ["templates", "locales", "../../frontend/dist"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    assert!(
        Path::new("../../frontend/dist/manifest.json").is_file(),
        "frontend/dist is missing: run bin/frontend first (it needs Node 20 or newer)"
    );
}
