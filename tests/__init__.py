"""Tests: unit (pure), desk (both databases), web (HTTP), browser (Chromium), guards, commands."""
