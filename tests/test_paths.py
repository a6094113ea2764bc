"""Where the user's own things lie: beside the program when a folder for them was made there."""

from app import paths


def test_the_folders_of_an_installed_wheel_are_inside_the_package(tmp_path, monkeypatch):
    source, installed = tmp_path / "source", tmp_path / "installed"
    (installed / "app" / "_data").mkdir(parents=True)
    for folder, where in ((source, source), (installed, installed / "app" / "_data")):
        monkeypatch.setattr(paths, "__file__", str(folder / "app" / "paths.py"))
        assert paths.root() == where


def test_a_folder_beside_the_program_keeps_everything_there(tmp_path, monkeypatch):
    monkeypatch.delenv("NIANBAO_HOME", raising=False)
    monkeypatch.setattr("sys.executable", str(tmp_path / "nianbao"))
    monkeypatch.setattr("app.paths.root", lambda: tmp_path / "program")
    usual = paths.user_data()
    assert tmp_path not in usual.parents
    (tmp_path / paths.PORTABLE).mkdir()
    assert paths.user_data() == tmp_path / paths.PORTABLE
    for place in (
        paths.settings_file(),
        paths.recovery(),
        paths.backups(),
        paths.log_file(),
        paths.user_fonts(),
    ):
        assert place.parent == tmp_path / paths.PORTABLE


def test_what_the_environment_names_goes_before(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", str(tmp_path / "nianbao"))
    (tmp_path / paths.PORTABLE).mkdir()
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "elsewhere"))
    assert paths.user_data() == tmp_path / "elsewhere"
