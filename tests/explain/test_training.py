"""The course of a training."""

from seqloom.explain import training_course


def line(norm, radius=None):
    """An entry of a history."""
    return {"gradient_norm": norm} | ({} if radius is None else {"spectral_radius": radius})


def test_an_explosion_is_named_with_its_cure():
    """An epoch whose gradient is more than a hundred times the usual one."""
    course = training_course([line(1.0), line(1.2), line(500.0), line(1.1)])
    assert course.exploded == (3,)
    assert "exploded in epoch 3" in course.sentence
    assert "clip_norm=1 would have cured it" in course.sentence
    clipped = training_course([line(1.0), line(1.2), line(500.0), line(1.1)], clip=1)
    assert "kept the weights in place" in clipped.sentence


def test_a_quiet_training_is_drawn():
    """With the spectral radius where it was kept; older artifacts have none."""
    course = training_course([line(1.0, 0.9), line(0.5, 1.1)], clip=1.0)
    assert "did not explode" in course.sentence
    assert [panel.title for panel in course.figure().panels] == ["length of the gradient", "largest spectral radius"]
    assert len(training_course([line(1.0)]).figure().panels) == 1
    assert "no history" in training_course([]).sentence
