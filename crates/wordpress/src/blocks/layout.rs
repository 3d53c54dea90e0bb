//! Which class names lay a block out?
//!
//! Blocks that hold others name how these are arranged: one below the other (`flow`, `constrained`), beside each other
//! (`flex`), in a grid. What cannot be said by these names goes into a style sheet of the page under a counted name
//! (`wp-container-core-group-is-layout-3`). Observed on a running WordPress.

use super::{Block, Json, short_name};

/// Blocks that have a layout, and which, if they do not say.
const DEFAULTS: &[(&str, &str)] = &[
    ("core/buttons", "flex"),
    ("core/column", "flow"),
    ("core/columns", "flex"),
    ("core/comment-template", "flow"),
    ("core/comments-pagination", "flex"),
    ("core/cover", "flow"),
    ("core/details", "flow"),
    ("core/gallery", "flex"),
    ("core/group", "flow"),
    ("core/navigation", "flex"),
    ("core/post-content", "flow"),
    ("core/post-template", "flow"),
    ("core/query", "flow"),
    ("core/query-pagination", "flex"),
    ("core/quote", "flow"),
    ("core/social-links", "flex"),
];

/// The class names of a block, none when it has no layout.
pub(crate) fn layout_classes(
    name: &str,
    block: &Block<'_>,
    global_padding: bool,
    containers: &mut usize,
) -> Vec<String> {
    let Some((_, default)) = DEFAULTS.iter().find(|(known, _)| *known == name) else { return Vec::new() };
    let layout = block.attribute("layout");
    let text = |key: &str| layout.and_then(|layout| layout.get(key)).and_then(Json::text);
    let has = |key: &str| layout.and_then(|layout| layout.get(key)).is_some();
    let inherits = layout.and_then(|layout| layout.get("inherit")).and_then(Json::boolean) == Some(true);
    let kind = match text("type") {
        Some("default") => "flow",
        Some(kind) => kind,
        None if inherits || has("contentSize") => "constrained",
        None => default,
    };
    let mut classes = Vec::new();
    if kind == "constrained" && global_padding {
        classes.push("has-global-padding".to_owned());
    }
    let vertical = text("orientation") == Some("vertical");
    if vertical {
        classes.push("is-vertical".to_owned());
    }
    let justification = text("justifyContent");
    if let Some(justification) = justification {
        classes.push(format!("is-content-justification-{justification}"));
    }
    let nowrap = text("flexWrap") == Some("nowrap");
    if nowrap {
        classes.push("is-nowrap".to_owned());
    }
    classes.push(format!("is-layout-{kind}"));
    let gap = block.attributes.as_ref().and_then(|attributes| attributes.path(&["style", "spacing", "blockGap"]));
    let own_style = match kind {
        "flex" => vertical || nowrap || justification.is_some() || has("verticalAlignment") || name == "core/columns",
        "grid" => true,
        "constrained" => {
            // With spacing at the root of the theme, wide blocks within have to reach over the padding.
            let padding = |side: &str| {
                let path = ["style", "spacing", "padding", side];
                block.attributes.as_ref().is_some_and(|attributes| attributes.path(&path).is_some())
            };
            global_padding && (padding("left") || padding("right"))
                || has("contentSize")
                || has("wideSize")
                || justification.is_some_and(|side| side != "center")
        }
        _ => false,
    };
    let short = short_name(name);
    if own_style || gap.is_some() && name != "core/gallery" {
        *containers += 1;
        classes.push(format!("wp-container-core-{short}-is-layout-{containers}"));
    }
    classes.push(format!("wp-block-{short}-is-layout-{kind}"));
    classes
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn check(name: &str, attributes: &str, expected: &str) {
        let text = format!("<!-- wp:{name} {attributes} /-->");
        let document = parse(&text);
        let block = document.block(document.roots()[0]);
        let classes = layout_classes(&format!("core/{name}"), block, true, &mut 0);
        assert_eq!(classes.join(" "), expected, "{text}");
    }

    #[test]
    fn layouts_have_names() {
        check("paragraph", "", "");
        check("group", "", "is-layout-flow wp-block-group-is-layout-flow");
        check(
            "group",
            r#"{"layout":{"inherit":true}}"#,
            "has-global-padding is-layout-constrained wp-block-group-is-layout-constrained",
        );
        check("columns", "", "is-layout-flex wp-container-core-columns-is-layout-1 wp-block-columns-is-layout-flex");
        check(
            "buttons",
            r#"{"layout":{"type":"flex","justifyContent":"center"}}"#,
            "is-content-justification-center is-layout-flex wp-container-core-buttons-is-layout-1 wp-block-buttons-is-layout-flex",
        );
    }
}
