// What the portal does with the result: the counts and the score, in its own sidebar.
(function () {
  'use strict';
  var words = { met: '达标', partial: '部分得分', unmet: '未达标', missing: '缺数据', pending: '待定线', invalid: '数据有误', not_applicable: '不涉及', waived: '豁免' };
  document.addEventListener('duibiao-report', function (event) {
    var report = event.report;
    var counts = {};
    report.findings.forEach(function (finding) { counts[finding.outcome] = (counts[finding.outcome] || 0) + 1; });
    var list = document.getElementById('counts');
    list.textContent = '';
    Object.keys(words).forEach(function (outcome) { if (counts[outcome]) add(list, words[outcome], counts[outcome] + ' 项'); });
    var score = report.score;
    add(list, '得分', (score.low === score.high ? score.low : score.low + '–' + score.high) + ' / ' + score.full);
  });
  function add(list, term, text) {
    var row = document.createElement('div');
    row.appendChild(document.createElement('dt')).textContent = term;
    row.appendChild(document.createElement('dd')).textContent = text;
    list.appendChild(row);
  }
})();
