$(function () {
  var check = $('duibiao-check');
  check.on('duibiao-report', function (event) {
    var score = event.originalEvent.report.score;
    $('#result').text('目前得分 ' + score.low + '–' + score.high + ' / ' + score.full);
  });
  check.on('duibiao-error', function (event) {
    $('#result').text('自查没有打开：' + event.originalEvent.error.message);
  });
  $('#report').on('submit', function (event) {
    event.preventDefault();
    // What the page's own form would send; `serializeArray` knows only the old kinds of fields.
    var data = {};
    new FormData(this).forEach(function (value, name) { data[name] = value; });
    $.ajax({ url: this.action, type: 'POST', contentType: 'application/json', data: JSON.stringify(data) })
      .done(function () { $('#result').text('已上报'); })
      .fail(function (request) { $('#result').text('没有报上去：HTTP ' + request.status); });
  });
});
